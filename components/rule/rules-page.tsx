"use client";
import { Button } from "@heroui/react";
import { useState } from "react";
import type { Rule } from "@/lib/canonical/rule";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { PageProblem } from "../shell/page-problem";
import { Notice } from "../ui/notice";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { PublishDialog } from "./publish-dialog";
import { RuleEditor } from "./rule-editor";
import { RuleList } from "./rule-list";
import { newRule } from "./rule-parts";
import { TestPanel } from "./test-panel";
import { type RuleSet, ranked, useRules } from "./use-rules";
import { VersionList } from "./version-list";

/** The rules of one merchant: the draft, trying it on past orders, publishing it, and what was published before. */
export function RulesPage({ merchantId }: { merchantId: string }) {
	const rules = useRules(merchantId);
	const href = useHref();
	const { account } = useHub();
	const trail = account.kind === "fulfillment" ? [{ label: "Merchants", href: href("merchants") }] : [];
	const { data, error } = rules.found;
	if (error && !data)
		return <PageProblem title="Rules" trail={trail} error={error} retry={() => void rules.found.refetch()} />;
	if (!data) return <SkeletonPage label="the rules" />;
	return <Loaded {...{ merchantId, set: data, state: rules, trail }} />;
}

interface LoadedProps {
	merchantId: string;
	set: RuleSet;
	state: ReturnType<typeof useRules>;
	trail: { label: string; href: string }[];
}

function Loaded({ merchantId, set, state, trail }: LoadedProps) {
	const { merchants } = useHub();
	const mayWrite = useMay("rules:write");
	const mayPublish = useMay("rules:publish");
	const [editing, setEditing] = useState<Rule | null>(null);
	const { rules, save } = state;
	const name = merchants.find(({ id }) => id === merchantId)?.name;
	const keep = (changed: Rule) => {
		const known = rules.some(({ id }) => id === changed.id);
		const next = known ? rules.map((one) => (one.id === changed.id ? changed : one)) : ranked([...rules, changed]);
		save.mutate(
			{ rules: next, words: `"${changed.name}" is saved to the draft.` },
			{ onSuccess: () => setEditing(null) },
		);
	};
	const close = () => {
		save.reset();
		setEditing(null);
	};
	const add = mayWrite && (
		<Button
			isDisabled={editing !== null}
			variant={rules.length > 0 ? "outline" : "primary"}
			onPress={() => setEditing(newRule(rules))}
		>
			Add a rule
		</Button>
	);
	const isNew = editing !== null && !rules.some(({ id }) => id === editing.id);
	return (
		<>
			<PageHeader
				title="Rules"
				trail={trail}
				actions={
					<>
						{rules.length > 0 && add}
						{mayPublish && set.changed && <PublishDialog {...{ merchantId, revision: set.revision }} />}
					</>
				}
			>
				{name && `${name}: `}what happens to an order before it goes to a warehouse. Asked once for each order, lower
				rank first.
			</PageHeader>
			<DraftNotice {...{ set, state, mayPublish, isEditing: editing !== null }} />
			<Section title="Draft" bare>
				<div className="card-frame overflow-hidden">
					{rules.length === 0 && !isNew && (
						<EmptyState kind="first" title="No rules yet" action={add}>
							A rule looks at an order, its lines, its shopper and the stock, and sends it to a warehouse, sets its ship
							method, holds it, adds an item or leaves one out. Nothing changes before you publish.
						</EmptyState>
					)}
					<RuleList {...{ rules, editing, setEditing, keep, close, places: set, state, mayWrite }} />
					{isNew && editing && (
						<div className={rules.length > 0 ? "border-border border-t" : ""}>
							<RuleEditor rule={editing} places={set} saving={save} onSave={keep} onCancel={close} />
						</div>
					)}
				</div>
			</Section>
			{(rules.length > 0 || set.published) && <TestPanel key={set.revision} merchantId={merchantId} />}
			{set.published && <VersionList merchantId={merchantId} mayPublish={mayPublish} />}
		</>
	);
}

/** Where the draft stands against what is published, and what was changed just now. */
function DraftNotice({
	set,
	state: { done, save, undo },
	mayPublish,
	isEditing,
}: Pick<LoadedProps, "set" | "state"> & { mayPublish: boolean; isEditing: boolean }) {
	const before = done?.before ?? null;
	const stands = set.published
		? `Orders are decided by version ${set.published.number}.`
		: "Nothing is published: no order is touched.";
	return (
		<div className="mb-4 flex flex-col gap-2">
			{save.error && !isEditing && <ErrorPanel error={save.error} />}
			{done && (
				<Notice
					tone="done"
					title={done.words}
					live
					action={
						before && (
							<Button size="sm" variant="outline" isPending={save.isPending} onPress={() => undo(before)}>
								Undo
							</Button>
						)
					}
				/>
			)}
			<Notice
				tone={set.changed ? "look" : "info"}
				title={set.changed ? "The draft differs from what is published" : stands}
			>
				{set.changed &&
					`${stands} ${mayPublish ? "Try the draft below, then publish it." : "An admin can publish the draft."}`}
			</Notice>
		</div>
	);
}
