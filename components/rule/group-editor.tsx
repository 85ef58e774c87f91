"use client";
import { Button } from "@heroui/react";
import { Plus } from "lucide-react";
import { type Condition, type Group, type GroupMode, maxDepth } from "@/lib/canonical/rule";
import { Options } from "../ui/options";
import { ConditionRow } from "./condition-row";
import { groupModeOptions, leafAbout, newGroup, withPlace } from "./rule-parts";
import type { RuleSet } from "./use-rules";

interface GroupEditorProps {
	group: Group;
	places: Pick<RuleSet, "warehouses" | "carts">;
	onChange: (group: Group) => void;
	/** Of a group within another. */
	onRemove?: () => void;
	/** 1 for the outermost. */
	depth?: number;
	/** "1.2": where it stands. */
	at?: string;
}

/** Conditions that hold together, some of which may be groups again. */
export function GroupEditor({ group, places, onChange, onRemove, depth = 1, at = "" }: GroupEditorProps) {
	const set = (conditions: Condition[]) => onChange({ ...group, conditions });
	const name = at ? `Group ${at}` : "Conditions";
	return (
		<fieldset
			aria-label={name}
			className={
				depth > 1
					? "flex flex-col gap-2 rounded-[8px] border border-border bg-surface-secondary p-2"
					: "flex flex-col gap-2"
			}
		>
			<div className="flex flex-wrap items-center gap-2">
				<Options
					label={`${name}: how they hold together`}
					value={group.mode}
					options={groupModeOptions}
					onChange={(mode) => onChange({ ...group, mode: mode as GroupMode })}
				/>
				{group.conditions.length === 0 && <span className="text-[13px] text-muted">No condition: every order.</span>}
				{onRemove && (
					<Button
						size="sm"
						variant="ghost"
						onPress={onRemove}
						aria-label={`Remove ${name.toLowerCase()}`}
						className="ml-auto"
					>
						Remove group
					</Button>
				)}
			</div>
			{group.conditions.map((condition, place) => {
				const where = [at, place + 1].filter(Boolean).join(".");
				const change = (next: Condition | null) => set(withPlace(group.conditions, place, next));
				return condition.kind === "group" ? (
					<GroupEditor
						key={`group-${where}-${group.conditions.length}`}
						{...{ group: condition, places, depth: depth + 1, at: where }}
						onChange={change}
						onRemove={() => change(null)}
					/>
				) : (
					<ConditionRow
						key={`${condition.kind}-${where}-${group.conditions.length}`}
						{...{ leaf: condition, places, label: `Condition ${where}` }}
						onChange={change}
						onRemove={() => change(null)}
					/>
				);
			})}
			<div className="flex flex-wrap gap-2">
				<Button size="sm" variant="outline" onPress={() => set([...group.conditions, leafAbout("country")])}>
					<Plus size={14} aria-hidden />
					Add a condition{at && ` to group ${at}`}
				</Button>
				{depth < maxDepth && (
					<Button size="sm" variant="outline" onPress={() => set([...group.conditions, newGroup()])}>
						<Plus size={14} aria-hidden />
						Add a group{at && ` to group ${at}`}
					</Button>
				)}
			</div>
		</fieldset>
	);
}
