import { redirect } from "next/navigation";

/** The first kind of mapping. */
export default async function Page({ params }: { params: Promise<{ account: string }> }) {
	redirect(`/${(await params).account}/mappings/ship-methods`);
}
