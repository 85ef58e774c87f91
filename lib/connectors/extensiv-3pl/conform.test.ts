import { conform } from "../kit/conform";
import { harness } from "./harness";
import { extensiv3pl } from "./index";

conform(extensiv3pl, harness);
