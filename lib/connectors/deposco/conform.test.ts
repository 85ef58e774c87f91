import { describe } from "vitest";
import { conform } from "../kit/conform";
import { withLatest, withLegacy } from "./harness";
import { deposco } from "./index";

/** Its own limit of three calls a second would be most of the time these checks take. */
const hurried = { ...deposco, limits: { requests: 1000, perSeconds: 1, concurrent: 8 } };

describe("with the integration API", () => conform(hurried, withLegacy));
describe("with version 2", () => conform(hurried, withLatest));
