import type { Metadata } from "next";
import { GoLivePage } from "@/components/go-live/go-live-page";

export const metadata: Metadata = { title: "Go live" };

export default async function Page({ params }: { params: Promise<{ connectionId: string }> }) {
	return <GoLivePage connectionId={(await params).connectionId} />;
}
