"use client";
import { EmptyState } from "../shell/empty-state";
import { useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { RulesPage } from "./rules-page";

/** The rules of an account that has one merchant: its own. */
export function OwnRules() {
	const { merchants } = useHub();
	const [own] = merchants;
	if (own) return <RulesPage merchantId={own.id} />;
	return (
		<>
			<PageHeader title="Rules" />
			<EmptyState kind="first" title="No merchants yet">
				Rules belong to a merchant. Add one first.
			</EmptyState>
		</>
	);
}
