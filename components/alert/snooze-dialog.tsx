"use client";
import { Button, Input, Label, Modal, TextField } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { after, dayMs, dayStart, hourMs, nextDaily } from "@/lib/time";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useTimeZone } from "../shell/hub-context";
import { exactTime } from "../ui/time-words";
import { useAfterAlert } from "./use-alert-action";

const morning = 8 * 60;

/** Puts an alert aside for a while. */
export function SnoozeDialog({ alertId }: { alertId: string }) {
	return (
		<Modal>
			<Button variant="outline">Snooze</Button>
			<Modal.Backdrop>
				<Modal.Container size="sm">
					<Modal.Dialog>{({ close }) => <SnoozeForm alertId={alertId} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function SnoozeForm({ alertId, close }: { alertId: string; close: () => void }) {
	const { account } = useHub();
	const zone = useTimeZone();
	const done = useAfterAlert();
	const [date, setDate] = useState("");
	const snooze = useMutation(
		api.alerts.snooze.mutationOptions({
			onSuccess: async () => {
				await done.onSuccess();
				close();
			},
		}),
	);
	const until = (at: Date) => snooze.mutate({ accountId: account.id, alertId, until: at.toISOString() });
	const now = new Date();
	const tomorrow = nextDaily(nextDaily(now, 0, zone), morning, zone);
	const start = date ? dayStart(date, 0, zone) : null;
	const chosen = start && nextDaily(start, morning, zone);
	return (
		<>
			<Modal.Header>
				<Modal.Heading>Snooze until …</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-3">
				<p>It is not among the open alerts until then. It comes back earlier if it happens twice as often.</p>
				<div className="flex flex-wrap gap-2">
					<Button variant="outline" isPending={snooze.isPending} onPress={() => until(after(now, hourMs))}>
						For 1 hour
					</Button>
					<Button variant="outline" isPending={snooze.isPending} onPress={() => until(tomorrow)}>
						Until tomorrow, 8:00
					</Button>
					<Button variant="outline" isPending={snooze.isPending} onPress={() => until(after(now, 3 * dayMs))}>
						For 3 days
					</Button>
				</div>
				<div className="flex items-end gap-2">
					<TextField type="date" value={date} onChange={setDate}>
						<Label>Until a day</Label>
						<Input />
					</TextField>
					<Button
						variant="outline"
						isDisabled={!chosen}
						isPending={snooze.isPending}
						onPress={() => chosen && until(chosen)}
					>
						Snooze
					</Button>
				</div>
				<p className="text-[13px] text-muted">
					{chosen ? `Back on ${exactTime(chosen, zone)}.` : "A day begins at 8:00, by your clock."}
				</p>
				{snooze.error && <ErrorPanel error={snooze.error} />}
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Keep it open
				</Button>
			</Modal.Footer>
		</>
	);
}
