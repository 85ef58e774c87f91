import type { ReactNode } from "react";
import { Hub } from "@/components/shell/hub";
import { requireScope } from "@/lib/auth/page-scope";
import { readHub } from "@/lib/services/people/read-hub";

export const dynamic = "force-dynamic";

interface HubLayoutProps {
	children: ReactNode;
	params: Promise<{ account: string }>;
}

export default async function HubLayout({ children, params }: HubLayoutProps) {
	const { person, scope } = await requireScope((await params).account);
	return <Hub hub={await readHub(scope, person)}>{children}</Hub>;
}
