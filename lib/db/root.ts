/** The client that sees every account. Only sign-in, making an account and the system tasks may import it. */
import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { PrismaClient } from "./generated/client";
import { systemPool } from "./pools";

let client: PrismaClient | undefined;
let over: pg.Pool | undefined;

/** Made once per pool: a test that closes the pools gets a new one. */
export function root(): PrismaClient {
	if (!client || over !== systemPool()) {
		over = systemPool();
		client = new PrismaClient({ adapter: new PrismaPg(over), errorFormat: "minimal" });
	}
	return client;
}
