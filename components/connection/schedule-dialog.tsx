"use client";
import { Button, Input, Label, ListBox, Modal, Radio, RadioGroup, Select, TextField } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { flow as flowSchema, schedule as scheduleSchema } from "@/lib/api/contract/connections";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { clockWords, intervals, spanWords } from "./schedule-words";

type Flow = z.output<typeof flowSchema>;
type Mode = Flow["mode"];

/** When one function runs: by itself, in an interval, once a day, or only by hand. */
export function ScheduleDialog({ flow }: { flow: Flow }) {
	return (
		<Modal>
			<Button size="sm" variant="outline" aria-label={`Schedule of ${flow.title}`}>
				Schedule
			</Button>
			<Modal.Backdrop>
				<Modal.Container size="sm">
					<Modal.Dialog>{({ close }) => <ScheduleForm flow={flow} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function ScheduleForm({ flow, close }: { flow: Flow; close: () => void }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const [mode, setMode] = useState<Mode>(flow.mode);
	const [every, setEvery] = useState(flow.everyMinutes ?? Math.max(15, flow.fastestMinutes));
	const [clock, setClock] = useState(clockWords(flow.dailyAt ?? 360));
	const save = useMutation(
		api.connections.schedule.mutationOptions({
			onSuccess: async () => {
				await queries.invalidateQueries({ queryKey: api.connections.key() });
				close();
			},
		}),
	);
	const modes: { mode: Mode; label: string }[] = [
		...(flow.automaticOffered
			? [{ mode: "automatic" as const, label: "Automatic, as soon as there is something to do" }]
			: []),
		{ mode: "every", label: "In an interval" },
		{ mode: "daily", label: `Once a day (${flow.timeZone})` },
		{ mode: "off", label: "Only by hand" },
	];
	const choices = [...new Set([...intervals(flow.fastestMinutes), ...(flow.everyMinutes ? [flow.everyMinutes] : [])])];
	return (
		<>
			<Modal.Header>
				<Modal.Heading>{flow.title}</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-4">
				<RadioGroup value={mode} onChange={(value) => setMode(modes.find((one) => one.mode === value)?.mode ?? "off")}>
					<Label>When it runs</Label>
					{modes.map((one) => (
						<Radio key={one.mode} value={one.mode}>
							<Radio.Content>
								<Radio.Control>
									<Radio.Indicator />
								</Radio.Control>
								{one.label}
							</Radio.Content>
						</Radio>
					))}
				</RadioGroup>
				{mode === "every" && (
					<Select fullWidth value={String(every)} onChange={(key) => setEvery(Number(key))}>
						<Label>Every</Label>
						<Select.Trigger>
							<Select.Value />
							<Select.Indicator />
						</Select.Trigger>
						<Select.Popover>
							<ListBox>
								{choices.map((minutes) => (
									<ListBox.Item key={minutes} id={String(minutes)} textValue={spanWords(minutes)}>
										{spanWords(minutes)}
										<ListBox.ItemIndicator />
									</ListBox.Item>
								))}
							</ListBox>
						</Select.Popover>
					</Select>
				)}
				{mode === "daily" && (
					<TextField type="time" value={clock} onChange={setClock}>
						<Label>At</Label>
						<Input />
					</TextField>
				)}
				{save.error && <ErrorPanel error={save.error} />}
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Keep as it is
				</Button>
				<Button
					isPending={save.isPending}
					onPress={() =>
						save.mutate({ accountId: account.id, flowId: flow.id, schedule: scheduleOf(mode, every, clock) })
					}
				>
					Save schedule
				</Button>
			</Modal.Footer>
		</>
	);
}

function scheduleOf(mode: Mode, everyMinutes: number, clock: string): z.input<typeof scheduleSchema> {
	if (mode === "every") return { mode, everyMinutes };
	if (mode !== "daily") return { mode };
	const [hours = 0, minutes = 0] = clock.split(":").map(Number);
	return { mode, dailyAt: hours * 60 + minutes };
}
