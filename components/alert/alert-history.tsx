"use client";
import { Button, Label, TextArea, TextField } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay, useTimeZone } from "../shell/hub-context";
import { plural } from "../ui/plural";
import { Time } from "../ui/time";
import { exactTime } from "../ui/time-words";
import type { AlertDetail } from "./alert-page";
import { useAfterAlert } from "./use-alert-action";

type AlertEvent = AlertDetail["events"][number];

/** What happened to an alert and what people said about it. */
export function AlertHistory({ alert }: { alert: AlertDetail }) {
	const zone = useTimeZone();
	const mayWrite = useMay("orders:write");
	return (
		<>
			{mayWrite && <CommentForm alertId={alert.id} />}
			<ol className="flex flex-col gap-3 text-[13px]">
				{alert.events.map((event) => (
					<li key={event.id}>
						<p className="flex flex-wrap justify-between gap-x-3">
							<span className={event.kind === "commented" ? "font-medium" : ""}>{eventWords(event, zone)}</span>
							<span className="text-muted">
								<Time at={event.at} />
							</span>
						</p>
						{event.kind === "commented" && <p className="whitespace-pre-wrap break-words">{event.text}</p>}
					</li>
				))}
			</ol>
		</>
	);
}

function eventWords({ kind, who, text, count }: AlertEvent, zone: string): string {
	const person = who || "Somebody";
	switch (kind) {
		case "opened":
			return "Opened";
		case "joined":
			return `Happened ${plural(count, "more time")}`;
		case "woke":
			return "Came back from its snooze";
		case "resolved":
			return who ? `${who} marked it as dealt with` : "Resolved by itself: the cause is gone";
		case "snoozed":
			return `${person} snoozed it until ${exactTime(new Date(text), zone)}`;
		case "unsnoozed":
			return `${person} took it back from its snooze`;
		case "assigned":
			if (text === who) return `${person} took it`;
			return text ? `${person} gave it to ${text}` : `${person} gave it to nobody`;
		case "commented":
			return person;
		case "retried":
			return `${person} tried ${plural(count, "order")} again`;
	}
}

function CommentForm({ alertId }: { alertId: string }) {
	const { account } = useHub();
	const done = useAfterAlert();
	const [text, setText] = useState("");
	const comment = useMutation(
		api.alerts.comment.mutationOptions({
			onSuccess: async () => {
				setText("");
				await done.onSuccess();
			},
		}),
	);
	return (
		<form
			className="mb-4 flex flex-col items-start gap-2"
			onSubmit={(event) => {
				event.preventDefault();
				if (text.trim()) comment.mutate({ accountId: account.id, alertId, text });
			}}
		>
			<TextField fullWidth value={text} onChange={setText}>
				<Label>Comment</Label>
				<TextArea className="w-full" rows={2} placeholder="What you found, or whom you called" />
			</TextField>
			{comment.error && <ErrorPanel error={comment.error} />}
			<Button type="submit" size="sm" variant="outline" isPending={comment.isPending}>
				Comment
			</Button>
		</form>
	);
}
