import { conform } from "../kit/conform";
import { harness } from "./harness";
import { template } from "./index";

conform(template, harness);
