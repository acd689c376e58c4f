import postgres from 'postgres'

const sql = postgres(process.env.DATABASE_URL)
const [row] = await sql`SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()`
console.log(row.ssl)
await sql.end()
