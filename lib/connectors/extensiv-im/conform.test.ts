import { conform } from "../kit/conform";
import { harness } from "./harness";
import { extensivIm } from "./index";

conform(extensivIm, harness);
