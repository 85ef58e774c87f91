import { handleApi } from "@/lib/api/serve/handle";

export const dynamic = "force-dynamic";
export { handleApi as DELETE, handleApi as GET, handleApi as PATCH, handleApi as POST, handleApi as PUT };
