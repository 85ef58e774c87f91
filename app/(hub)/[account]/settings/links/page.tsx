import type { Metadata } from "next";
import { AccountLinksPage } from "@/components/account-link/account-links-page";

export const metadata: Metadata = { title: "Linked accounts" };

export default function Page() {
	return <AccountLinksPage />;
}
