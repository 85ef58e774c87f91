"use client";
import { Button } from "@heroui/react";
import { useState } from "react";
import { ErrorPanel } from "../shell/error-panel";
import { useMay } from "../shell/hub-context";
import { plural } from "../ui/plural";
import { Section } from "../ui/section";
import { MethodSaved } from "./method-saved";
import { codeWords, effectWords, type MethodRow, mappedTo, type Target } from "./ship-method-words";
import { TargetField } from "./target-field";
import { useAskWarehouse, useEffectOf, useSaveMethods, useShipMethods } from "./use-ship-methods";

/** Maps the one code that orders wait for, where they are seen waiting. */
export function MapMethod({ connectionId, code }: { connectionId: string; code: string }) {
	const mayWrite = useMay("connections:write");
	const found = useShipMethods(connectionId);
	const { save, undo, done } = useSaveMethods(connectionId);
	const ask = useAskWarehouse(connectionId, () => found.refetch());
	const lists = found.data?.warehouses.some((warehouse) => warehouse.lists) ?? false;
	const row = found.data?.rows.find(
		(one) => one.code.toLowerCase() === code.toLowerCase() && Object.keys(one.conditions).length === 0,
	);
	if (!mayWrite || (found.data && !row)) return null;
	return (
		<Section
			title={`Map ${codeWords(code)}`}
			about={
				row?.name && row.name !== row.code ? `The cart calls it ${row.name}.` : "Choose what the warehouse is to use."
			}
		>
			<MethodSaved done={done} error={undo.error} isPending={undo.isPending} onUndo={(edit) => undo.mutate(edit)} />
			{found.isError && <ErrorPanel error={found.error} retry={() => void found.refetch()} />}
			{row && found.data && !done && lists && found.data.methods.length === 0 && (
				<div className="mb-3 flex flex-wrap items-center gap-2 text-[13px] text-muted">
					The warehouse was not asked for its ship methods yet.
					<Button size="sm" variant="outline" isPending={ask.isPending} onPress={() => ask.mutate()}>
						Ask the warehouse
					</Button>
				</div>
			)}
			{ask.error && <ErrorPanel error={ask.error} />}
			{row && found.data && !done && (
				<Choose
					key={row.id}
					connectionId={connectionId}
					row={row}
					methods={found.data.methods}
					error={save.error}
					isPending={save.isPending}
					onSave={(target) =>
						save.mutate({ changes: [{ id: row.id, code: row.code, conditions: row.conditions, ...target }] })
					}
				/>
			)}
		</Section>
	);
}

interface ChooseProps {
	connectionId: string;
	row: MethodRow;
	methods: Parameters<typeof TargetField>[0]["methods"];
	error: Error | null;
	isPending: boolean;
	onSave: (target: Target) => void;
}

function Choose({ connectionId, row, methods, error, isPending, onSave }: ChooseProps) {
	const [target, setTarget] = useState<Target>(row.suggestion ? mappedTo(row.suggestion) : row);
	const { action, carrier, service } = target;
	const chosen = { action, carrier, service };
	const decided = action !== "unmapped";
	const change = { id: row.id, code: row.code, conditions: row.conditions, ...chosen };
	const effect = useEffectOf(connectionId, { changes: decided ? [change] : [] });
	const released = decided ? (effect.data?.released ?? 0) : 0;
	return (
		<div className="flex flex-col gap-2">
			<div className="max-w-md">
				<TargetField
					label={`Ship method of ${codeWords(row.code)}`}
					value={chosen}
					methods={methods}
					suggestion={row.suggestion}
					onChange={setTarget}
				/>
			</div>
			<p className="text-[13px] text-muted" role="status">
				{decided
					? effect.data && effectWords(effect.data)
					: "Nothing is chosen yet: choose a ship method, or pass it through."}
			</p>
			{(error ?? effect.error) && <ErrorPanel error={error ?? effect.error} />}
			<Button className="self-start" isDisabled={!decided} isPending={isPending} onPress={() => onSave(chosen)}>
				{released > 0 ? `Map and send ${plural(released, "order")}` : "Save the mapping"}
			</Button>
		</div>
	);
}
