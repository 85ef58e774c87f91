import { conform } from "../kit/conform";
import { harness } from "./harness";
import { vendure } from "./index";

conform(vendure, harness);
