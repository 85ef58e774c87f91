"use client";
import { Button } from "@heroui/react";
import type { z } from "zod";
import { apiClient } from "@/lib/api/client";
import type { orderDetail } from "@/lib/api/contract/orders";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { Time } from "../ui/time";
import { addressFields } from "./address-words";
import { changedWords } from "./changed-words";
import { EditOrder } from "./edit-order";
import { useOrderVerb } from "./use-order-verb";

type Order = z.output<typeof orderDetail>;
type Check = NonNullable<Order["addressCheck"]>;

/** What the warehouse's settings say of the address: what it is beside what it may be meant to be, and what to press. */
export function AddressCheck({ order, check }: { order: Order; check: Check }) {
	return (
		<Notice tone={check.state === "stops" ? "person" : "look"} title={titles[check.state]}>
			{check.kept ? (
				<p>
					{check.kept.by} wants it sent so, <Time at={check.kept.at} />. Another address is checked again.
				</p>
			) : (
				<p>{check.problems.map(sentence).join(" ")}</p>
			)}
			{check.proposed ? (
				<SideBySide order={order} check={check} proposed={check.proposed} />
			) : (
				<NoProposal check={check} />
			)}
			{check.remarks.map((remark) => (
				<p key={remark}>{remark}</p>
			))}
			<Choices order={order} check={check} />
		</Notice>
	);
}

const titles: Record<Check["state"], string> = {
	stops: "The address stops this order",
	warns: "Look at the address",
	kept: "The address goes as it is",
};

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function NoProposal({ check }: { check: Check }) {
	return check.kept ? null : <p>There is no proposal for it: edit it, or keep it as it is.</p>;
}

function SideBySide({ order, check, proposed }: { order: Order; check: Check; proposed: Order["shipTo"] }) {
	return (
		<>
			<div className="mt-3 grid grid-cols-1 gap-3 sm:grid-cols-2">
				<Side title={order.editedAt ? "As it stands here" : "From the cart"} address={order.shipTo} other={proposed} />
				<Side title="Proposed" address={proposed} other={order.shipTo} isProposal />
			</div>
			<ul className="mt-2" aria-label="Why">
				{check.changes.map(({ field, why, certain }) => (
					<li key={field}>
						{labelOf(field)}: {why.charAt(0).toLowerCase() + why.slice(1)}
						{!certain && " (likely)"}
					</li>
				))}
			</ul>
		</>
	);
}

interface SideProps {
	title: string;
	address: Order["shipTo"];
	other: Order["shipTo"];
	isProposal?: boolean;
}

function Side({ title, address, other, isProposal }: SideProps) {
	const look = isProposal
		? "bg-success-soft font-medium text-foreground"
		: "bg-danger-soft text-foreground line-through";
	return (
		<section aria-label={title} className="rounded-[6px] border border-border bg-surface p-3">
			<h2 className="mb-1 text-[12px] text-muted">{title}</h2>
			<dl className="grid grid-cols-[minmax(80px,auto)_minmax(0,1fr)] gap-x-3 gap-y-1">
				{addressFields
					.filter(({ key }) => address[key] !== "" || other[key] !== "")
					.map(({ key, label }) => (
						<div key={key} className="contents">
							<dt className="text-muted">{label}</dt>
							<dd className="min-w-0 break-words">
								{address[key] === "" && <span className="text-muted">nothing</span>}
								{changedWords(address[key], other[key]).map(({ text, changed }, at) =>
									changed ? (
										// biome-ignore lint/suspicious/noArrayIndexKey: words of one value stand where they stand
										<mark key={at} className={`whitespace-pre-wrap rounded-[3px] px-0.5 ${look}`}>
											{text}
										</mark>
									) : (
										text
									),
								)}
							</dd>
						</div>
					))}
			</dl>
		</section>
	);
}

function labelOf(field: Check["changes"][number]["field"]): string {
	return addressFields.find(({ key }) => key === field)?.label ?? field;
}

function Choices({ order, check }: { order: Order; check: Check }) {
	const { account } = useHub();
	const mayWrite = useMay("orders:write");
	const verb = useOrderVerb((act: () => Promise<unknown>) => act());
	if (!mayWrite) return null;
	const one = { accountId: account.id, orderId: order.id };
	const { can } = order;
	const seen = check.changes.map(({ field, after }) => ({ field, after }));
	const goes = check.state === "stops" && !order.held && !order.sendingCanceled;
	const press = (act: () => Promise<unknown>) => () => verb.mutate(act);
	return (
		<div className="mt-3 flex flex-wrap gap-2 empty:hidden">
			{verb.error && <ErrorPanel error={verb.error} />}
			{can.acceptAddress && (
				<Button
					size="sm"
					isPending={verb.isPending}
					onPress={press(() => apiClient.orderChanges.acceptAddress({ ...one, seen }))}
				>
					{goes ? "Accept and resend" : "Accept"}
				</Button>
			)}
			{can.keepAddress && (
				<Button size="sm" variant="outline" onPress={press(() => apiClient.orderChanges.keepAddress(one))}>
					Keep as it is
				</Button>
			)}
			{can.edit && !check.kept && (
				<EditOrder order={order} label="Edit" size="sm" {...(check.proposed && { shipTo: check.proposed })} />
			)}
			{can.undoKeepAddress && (
				<Button size="sm" variant="outline" onPress={press(() => apiClient.orderChanges.undoKeepAddress(one))}>
					Check it again
				</Button>
			)}
		</div>
	);
}
