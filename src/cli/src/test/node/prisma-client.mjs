import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './generated/index.js'

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) })
const [row] = await prisma.$queryRaw`SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()`
console.log(row.ssl)
await prisma.$disconnect()
