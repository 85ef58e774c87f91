import { conform } from "../kit/conform";
import { harness } from "./harness";
import { customStore } from "./index";

conform({ ...customStore, limits: { requests: 1000, perSeconds: 1, concurrent: 8 } }, harness);
