"use client";
import { ErrorPanel } from "@/components/shell/error-panel";

/** A page that broke: the frame stays, and it can be tried again. */
export default function HubError({ reset }: { error: Error; reset: () => void }) {
	return <ErrorPanel error={new Error("This page could not be shown.")} retry={reset} />;
}
