import type { Metadata } from "next";
import { ConnectionPage } from "@/components/connection/connection-page";

export const metadata: Metadata = { title: "Connection" };

export default async function Page({ params }: { params: Promise<{ connectionId: string }> }) {
	return <ConnectionPage connectionId={(await params).connectionId} />;
}
