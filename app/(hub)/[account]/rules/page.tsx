import type { Metadata } from "next";
import { OwnRules } from "@/components/rule/own-rules";

export const metadata: Metadata = { title: "Rules" };

export default function Page() {
	return <OwnRules />;
}
