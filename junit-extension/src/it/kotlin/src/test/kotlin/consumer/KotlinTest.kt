package consumer

import io.github.ppgtest.PrismaPostgresDatabase
import io.github.ppgtest.junit.PrismaPostgres
import java.sql.Connection
import kotlin.test.Test
import kotlin.test.assertEquals

@PrismaPostgres
class KotlinTest(private val database: PrismaPostgresDatabase) {
    @Test
    fun `has the database of its constructor`(connection: Connection) {
        assertEquals(database.id(), connection.catalog)
    }
}
