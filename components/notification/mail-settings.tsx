"use client";
import { Button, Form, Input, Label, TextField } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { notificationSettings } from "@/lib/api/contract/notifications";
import { clockWords } from "../connection/schedule-words";
import { MerchantChoice } from "../merchant/merchant-choice";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { Pick } from "../ui/pick";
import { plural } from "../ui/plural";
import { SkeletonPage } from "../ui/skeleton-page";
import { Time } from "../ui/time";
import { minutesOf } from "./minutes-of";
import { Toggle } from "./toggle";

type Settings = z.output<typeof notificationSettings>;

const digests = [
	{ value: "off", label: "Never" },
	{ value: "hourly", label: "Every hour, if there is something" },
	{ value: "daily", label: "Once a day, if there is something" },
];

export function MailSettings() {
	const { account } = useHub();
	const found = useQuery(api.notifications.get.queryOptions({ input: { accountId: account.id } }));
	if (found.isError && !found.data) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
	if (!found.data) return <SkeletonPage label="your settings" />;
	return <SettingsForm settings={found.data} />;
}

function SettingsForm({ settings }: { settings: Settings }) {
	const { account, merchants } = useHub();
	const queries = useQueryClient();
	const [draft, setDraft] = useState(settings);
	const change = (part: Partial<Settings>) => setDraft({ ...draft, ...part });
	const save = useMutation(
		api.notifications.update.mutationOptions({
			onSuccess: () => queries.invalidateQueries({ queryKey: api.notifications.key() }),
		}),
	);
	return (
		<Form
			className="flex max-w-md flex-col gap-4"
			onSubmit={(event) => {
				event.preventDefault();
				const { atOnce, digest, digestAt, quiet, mutedMerchantIds } = draft;
				save.mutate({ accountId: account.id, atOnce, digest, digestAt, quiet, mutedMerchantIds });
			}}
		>
			{settings.trouble && <Trouble trouble={settings.trouble} />}
			<Toggle
				label="A mail at once for what needs a person"
				help="Such as a connection that must be reconnected, or an order that the warehouse refused."
				on={draft.atOnce}
				onChange={(atOnce) => change({ atOnce })}
			/>
			<Pick
				label="A digest of the rest, and of what is resolved"
				value={draft.digest}
				options={digests}
				onChange={(digest) => change({ digest: digest === "off" || digest === "hourly" ? digest : "daily" })}
			/>
			{draft.digest === "daily" && (
				<ClockField
					label={`At (${settings.timeZone.replaceAll("_", " ")})`}
					minutes={draft.digestAt}
					onChange={(digestAt) => change({ digestAt })}
				/>
			)}
			<Toggle
				label="Quiet hours"
				help="No mail then, not even an urgent one. What comes up waits until the end."
				on={draft.quiet !== null}
				onChange={(on) => change({ quiet: on ? { from: 22 * 60, to: 6 * 60 } : null })}
			/>
			{draft.quiet && (
				<div className="flex gap-4">
					<ClockField
						label="From"
						minutes={draft.quiet.from}
						onChange={(from) => draft.quiet && change({ quiet: { ...draft.quiet, from } })}
					/>
					<ClockField
						label="To"
						minutes={draft.quiet.to}
						onChange={(to) => draft.quiet && change({ quiet: { ...draft.quiet, to } })}
					/>
				</div>
			)}
			{merchants.length > 1 && (
				<MerchantChoice
					label="No mail about these merchants"
					value={draft.mutedMerchantIds}
					onChange={(mutedMerchantIds) => change({ mutedMerchantIds })}
				/>
			)}
			{save.error && <ErrorPanel error={save.error} />}
			{save.isSuccess && (
				<Notice tone="done" live>
					Saved.
				</Notice>
			)}
			<Button type="submit" className="self-start" isPending={save.isPending}>
				Save
			</Button>
		</Form>
	);
}

function Trouble({ trouble }: { trouble: NonNullable<Settings["trouble"]> }) {
	return (
		<Notice tone="look" title={`${plural(trouble.count, "mail")} could not be sent to you`}>
			{trouble.lastError}{" "}
			{trouble.nextTryAt ? (
				<>
					Tried again <Time at={trouble.nextTryAt} />.
				</>
			) : (
				"It was given up after three days."
			)}
		</Notice>
	);
}

function ClockField(props: { label: string; minutes: number; onChange: (minutes: number) => void }) {
	return (
		<TextField
			type="time"
			value={clockWords(props.minutes)}
			onChange={(clock) => {
				const minutes = minutesOf(clock);
				if (minutes !== null) props.onChange(minutes);
			}}
		>
			<Label>{props.label}</Label>
			<Input />
		</TextField>
	);
}
