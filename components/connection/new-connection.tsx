"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { api } from "@/lib/api/client";
import { AskDialog } from "../share/ask-dialog";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { Choice } from "../table/filters";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { SkeletonPage } from "../ui/skeleton-page";
import { ConnectionForm } from "./connection-form";
import { SystemPicker } from "./system-picker";

/** Three steps in one address: for whom, which system, its settings. Any step can be left and come back to. */
export function NewConnection() {
	const { account, merchants } = useHub();
	const href = useHref();
	const router = useRouter();
	const mayWrite = useMay("connections:write");
	const [chosen, setChosen] = useQueryStates({
		merchant: parseAsString,
		system: parseAsString,
		side: parseAsStringLiteral(["source", "destination"] as const),
	});
	const connectors = useQuery(api.connections.connectors.queryOptions({ input: { accountId: account.id } }));
	const merchantId = chosen.merchant ?? (merchants.length === 1 ? (merchants[0]?.id ?? null) : null);
	const merchant = merchants.find(({ id }) => id === merchantId);
	const card = connectors.data?.items.find(({ key }) => key === chosen.system);
	const header = (
		<PageHeader
			trail={[{ label: "Connections", href: href("connections") }]}
			title={card ? `Connect ${card.name}` : "Connect a system"}
		>
			{merchant ? `For ${merchant.name}` : "Choose the merchant, then the system."}
		</PageHeader>
	);
	if (!mayWrite)
		return (
			<EmptyState kind="forbidden" title="Your role may not connect systems">
				Ask an admin of the account.
			</EmptyState>
		);
	if (connectors.isError) return <ErrorPanel error={connectors.error} retry={() => void connectors.refetch()} />;
	if (!connectors.data) return <SkeletonPage label="the systems" />;
	if (merchants.length === 0)
		return (
			<>
				{header}
				<EmptyState
					kind="first"
					title="Add a merchant first"
					action={<LinkButton href={href("merchants")}>Add a merchant</LinkButton>}
				>
					A connection belongs to one merchant.
				</EmptyState>
			</>
		);
	return (
		<>
			{header}
			{merchants.length > 1 && !card && (
				<div className="mb-5">
					<p className="mb-1 font-medium text-[13px]">Merchant</p>
					<Choice
						label="Merchant"
						any="Choose a merchant"
						value={merchantId}
						options={merchants.map(({ id, name }) => ({ value: id, label: name }))}
						onChange={(id) => void setChosen({ merchant: id })}
					/>
				</div>
			)}
			{merchant && card && chosen.side === "source" && (
				<div className="mb-5">
					<Notice
						title={`Somebody at ${merchant.name} has the access details?`}
						action={
							<AskDialog
								about={{ merchantId: merchant.id, connectorKey: card.key, system: card.name }}
								label="Ask by mail"
								onMade={(id) => router.push(href(`connections/${id}`))}
							/>
						}
					>
						Ask them: they enter them with a link that works once. You never see them.
					</Notice>
				</div>
			)}
			{merchant && card && chosen.side ? (
				<ConnectionForm
					card={card}
					side={chosen.side}
					merchantId={merchant.id}
					onSaved={(id) => router.push(href(`connections/${id}`))}
					onBack={() => void setChosen({ system: null, side: null })}
				/>
			) : (
				<SystemPicker
					connectors={connectors.data.items}
					disabledReason={merchant ? null : "Choose the merchant first."}
					onPick={(system, side) => void setChosen({ merchant: merchantId, system, side })}
				/>
			)}
		</>
	);
}
