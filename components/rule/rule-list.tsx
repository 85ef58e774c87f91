"use client";
import { Button } from "@heroui/react";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { Rule } from "@/lib/canonical/rule";
import { ruleWords } from "@/lib/canonical/rule-words";
import { Toggle } from "../notification/toggle";
import { RuleEditor } from "./rule-editor";
import { namesIn, type RuleSet, ranked, type useRules } from "./use-rules";

interface RuleListProps {
	rules: Rule[];
	places: RuleSet;
	editing: Rule | null;
	setEditing: (rule: Rule | null) => void;
	keep: (rule: Rule) => void;
	close: () => void;
	state: ReturnType<typeof useRules>;
	mayWrite: boolean;
}

/** The draft, one rule after the other as they are asked, each read out in words. */
export function RuleList(props: RuleListProps) {
	const { rules, editing, places, state, keep, close } = props;
	if (rules.length === 0) return null;
	return (
		<ol aria-label="Rules">
			{rules.map((rule, place) => (
				<li key={rule.id} className="border-border border-b last:border-b-0">
					{editing?.id === rule.id ? (
						<RuleEditor rule={editing} places={places} saving={state.save} onSave={keep} onCancel={close} />
					) : (
						<RuleRow {...props} rule={rule} place={place} />
					)}
				</li>
			))}
		</ol>
	);
}

function RuleRow({
	rule,
	place,
	rules,
	places,
	editing,
	setEditing,
	state,
	mayWrite,
}: RuleListProps & { rule: Rule; place: number }) {
	const busy = editing !== null || state.save.isPending;
	return (
		<div className="flex flex-wrap items-start gap-x-3 gap-y-2 p-3">
			<span className="num w-8 shrink-0 pt-0.5 text-muted" title="Rank">
				<span className="sr-only">Rank </span>
				{rule.rank}
			</span>
			<div className="min-w-0 flex-1 basis-64">
				<p className={rule.on ? "font-medium" : "font-medium text-muted"}>
					{rule.name}
					{!rule.on && " (off)"}
				</p>
				<p className="break-words text-[13px] text-muted">{ruleWords(rule, namesIn(places))}</p>
			</div>
			{mayWrite && <RuleButtons {...{ rule, place, rules, busy, state, edit: () => setEditing(rule) }} />}
		</div>
	);
}

interface RuleButtonsProps {
	rule: Rule;
	place: number;
	rules: Rule[];
	busy: boolean;
	state: ReturnType<typeof useRules>;
	edit: () => void;
}

function RuleButtons({ rule, place, rules, busy, state: { save }, edit }: RuleButtonsProps) {
	const move = (by: -1 | 1) => {
		const next = rules.filter(({ id }) => id !== rule.id);
		next.splice(place + by, 0, rule);
		save.mutate({ rules: ranked(next), words: `"${rule.name}" is asked ${by < 0 ? "earlier" : "later"}.` });
	};
	const set = (on: boolean) =>
		save.mutate({
			rules: rules.map((one) => (one.id === rule.id ? { ...one, on } : one)),
			words: `"${rule.name}" is switched ${on ? "on" : "off"} in the draft.`,
		});
	const remove = () =>
		save.mutate({
			rules: rules.filter(({ id }) => id !== rule.id),
			words: `"${rule.name}" is taken out of the draft.`,
		});
	return (
		<div className="flex flex-wrap items-center gap-1.5">
			<Toggle label="On" on={rule.on} onChange={set} />
			<Button
				size="sm"
				variant="ghost"
				isIconOnly
				isDisabled={busy || place === 0}
				aria-label={`Ask ${rule.name} earlier`}
				onPress={() => move(-1)}
			>
				<ArrowUp size={14} aria-hidden />
			</Button>
			<Button
				size="sm"
				variant="ghost"
				isIconOnly
				isDisabled={busy || place === rules.length - 1}
				aria-label={`Ask ${rule.name} later`}
				onPress={() => move(1)}
			>
				<ArrowDown size={14} aria-hidden />
			</Button>
			<Button size="sm" variant="outline" isDisabled={busy} aria-label={`Edit ${rule.name}`} onPress={edit}>
				Edit
			</Button>
			<Button size="sm" variant="ghost" isDisabled={busy} aria-label={`Remove ${rule.name}`} onPress={remove}>
				Remove
			</Button>
		</div>
	);
}
