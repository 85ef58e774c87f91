import { describe } from "vitest";
import { conform } from "../kit/conform";
import { withPassword, withToken } from "./harness";
import { extensivOm } from "./index";

/** Its own limit of four calls a second would be most of the time these checks take. */
const hurried = { ...extensivOm, limits: { requests: 1000, perSeconds: 1, concurrent: 8 } };

describe("with an API token", () => conform(hurried, withToken));
describe("with a user name and a password", () => conform(hurried, withPassword));
