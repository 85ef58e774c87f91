import { handleCartRover } from "@/lib/api/serve/handle-cartrover";

export const dynamic = "force-dynamic";
/** The CartRover API, offered by us: GET and POST only. */
export { handleCartRover as GET, handleCartRover as POST };
