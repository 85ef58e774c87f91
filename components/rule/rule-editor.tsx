"use client";
import { Button } from "@heroui/react";
import { Plus } from "lucide-react";
import { useState } from "react";
import { type Rule, type RuleAction, rule as ruleSchema } from "@/lib/canonical/rule";
import { ruleWords } from "@/lib/canonical/rule-words";
import { PlainField } from "../form/plain-field";
import { ErrorPanel } from "../shell/error-panel";
import { ActionRow } from "./action-row";
import { GroupEditor } from "./group-editor";
import { newAction, withPlace } from "./rule-parts";
import { namesIn, type RuleSet } from "./use-rules";

interface RuleEditorProps {
	rule: Rule;
	places: Pick<RuleSet, "warehouses" | "carts">;
	saving: { isPending: boolean; error: unknown };
	onSave: (rule: Rule) => void;
	onCancel: () => void;
}

/** One rule: its name, when it holds, and what it does, with the sentence it makes. */
export function RuleEditor({ rule: given, places, saving, onSave, onCancel }: RuleEditorProps) {
	const [rule, setRule] = useState(given);
	const [tried, setTried] = useState(false);
	const setActions = (actions: RuleAction[]) => setRule({ ...rule, actions });
	const isWhole = ruleSchema.safeParse(rule).success;
	return (
		<form
			aria-label={given.name ? `Rule ${given.name}` : "New rule"}
			className="flex flex-col gap-4 p-3"
			onSubmit={(event) => {
				event.preventDefault();
				setTried(true);
				if (rule.name.trim() !== "") onSave(rule);
			}}
		>
			<PlainField
				label="Name"
				isRequired
				value={rule.name}
				problem={tried && rule.name.trim() === "" ? "Give it a name: orders say which rule it was." : undefined}
				onChange={(name) => setRule({ ...rule, name })}
			/>
			<div className="flex flex-col gap-1.5">
				<h3 className="font-medium text-[13px]">When</h3>
				<GroupEditor group={rule.when} places={places} onChange={(when) => setRule({ ...rule, when })} />
			</div>
			<div className="flex flex-col gap-1.5">
				<h3 className="font-medium text-[13px]">Then</h3>
				{rule.actions.map((action, place) => (
					<ActionRow
						// biome-ignore lint/suspicious/noArrayIndexKey: an action is known by its place only; all are drawn anew when one goes
						key={`${action.do}-${place + 1}-${rule.actions.length}`}
						{...{ action, places, label: `Action ${place + 1}` }}
						onChange={(next) => setActions(withPlace(rule.actions, place, next))}
						onRemove={rule.actions.length > 1 ? () => setActions(withPlace(rule.actions, place, null)) : undefined}
					/>
				))}
				<Button
					size="sm"
					variant="outline"
					className="self-start"
					onPress={() => setActions([...rule.actions, newAction("stop", [])])}
				>
					<Plus size={14} aria-hidden />
					Add an action
				</Button>
			</div>
			{isWhole && (
				<p className="text-[13px] text-muted" role="status">
					Reads: {ruleWords(rule, namesIn(places))}
				</p>
			)}
			{saving.error !== null && saving.error !== undefined && <ErrorPanel error={saving.error} />}
			<div className="flex gap-2">
				<Button type="submit" isPending={saving.isPending}>
					Save to the draft
				</Button>
				<Button variant="outline" onPress={onCancel}>
					Cancel
				</Button>
			</div>
		</form>
	);
}
