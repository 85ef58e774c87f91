"use client";
import { Button, Modal } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { apiClient } from "@/lib/api/client";
import type { ItemFilter } from "@/lib/canonical/filters";
import { download, EffectTable } from "../mapping/import-effects";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { Pick } from "../ui/pick";
import { plural } from "../ui/plural";
import type { useFilters } from "./use-filters";

interface ImportProps {
	connectionId: string;
	items: ItemFilter;
	version: number;
	onSaved: ReturnType<typeof useFilters>["settled"];
}

/** A file first shows what each row would do; nothing is saved before that. */
export function ItemFilterImport(props: ImportProps) {
	return (
		<Modal>
			<Button size="sm" variant="outline">
				Import codes
			</Button>
			<Modal.Backdrop>
				<Modal.Container size="lg">
					<Modal.Dialog>{({ close }) => <ImportForm {...props} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

interface Asked {
	text: string;
	mode: "add" | "replace";
	type: "whitelist" | "blacklist";
}

function ImportForm({ connectionId, items, version, onSaved, close }: ImportProps & { close: () => void }) {
	const { account } = useHub();
	const isNew = items.type === "disabled";
	const [asked, setAsked] = useState<Asked>({ text: "", mode: "add", type: "blacklist" });
	const send = ({ type, ...given }: Asked, apply: boolean) =>
		apiClient.filters.importItems({
			...{ accountId: account.id, connectionId, ...given, apply },
			...(isNew && { type }),
		});
	const dry = useMutation({ mutationFn: (given: Asked) => send(given, false) });
	const save = useMutation({
		mutationFn: () => send(asked, true),
		onSuccess: async ({ saved, counts }) => {
			if (saved) await onSaved(`${plural(counts.new, "item code")} added, ${counts.remove} removed.`, saved, version);
			close();
		},
	});
	const ask = (change: Partial<Asked>) => {
		const next = { ...asked, ...change };
		setAsked(next);
		if (next.text !== "") dry.mutate(next);
	};
	const error = dry.error ?? save.error;
	const good = dry.data ? dry.data.counts.new + dry.data.counts.remove : 0;
	return (
		<>
			<Modal.Header>
				<Modal.Heading>Import item codes</Modal.Heading>
			</Modal.Header>
			<Modal.Body>
				<div className="flex flex-col gap-3">
					<p className="text-[13px] text-muted">
						A CSV file with the column Item code, as the export writes it. Write (blank) for lines without an item code.
						Nothing is saved before you have seen what each row does.
					</p>
					{isNew && (
						<Pick
							label="The codes are a"
							value={asked.type}
							options={[
								{ value: "blacklist", label: "Blacklist: all but these items" },
								{ value: "whitelist", label: "Whitelist: only these items" },
							]}
							onChange={(type) => ask({ type: type === "whitelist" ? "whitelist" : "blacklist" })}
						/>
					)}
					<Pick
						label="What there is"
						value={asked.mode}
						options={[
							{ value: "add", label: "Stays: the file's codes are added" },
							{ value: "replace", label: "Goes: the file's codes take its place" },
						]}
						onChange={(mode) => ask({ mode: mode === "replace" ? "replace" : "add" })}
					/>
					<label className="flex flex-col gap-1 text-[13px]">
						<span className="font-medium">CSV file</span>
						<input
							type="file"
							accept=".csv,text/csv,text/plain"
							className="text-[13px] file:mr-3 file:rounded-md file:border file:border-border file:bg-surface file:px-3 file:py-1.5"
							onChange={async (event) => {
								const file = event.target.files?.[0];
								if (file) ask({ text: await file.text() });
							}}
						/>
					</label>
					{error && <ErrorPanel error={error} />}
					{dry.data && <Effects result={dry.data} />}
				</div>
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Cancel
				</Button>
				<Button isDisabled={good === 0} isPending={save.isPending} onPress={() => save.mutate()}>
					{good === 0 ? "Nothing to save" : "Save the item codes"}
				</Button>
			</Modal.Footer>
		</>
	);
}

type Result = Awaited<ReturnType<typeof apiClient.filters.importItems>>;

function Effects({ result: { counts, effects, refusedFile } }: { result: Result }) {
	return (
		<>
			<Notice
				tone={counts.refused > 0 ? "look" : "done"}
				live
				title={`${plural(counts.new, "code is", "codes are")} new, ${counts.same} as now, ${counts.remove} removed, ${counts.refused} refused.`}
				action={
					refusedFile !== null && (
						<Button size="sm" variant="outline" onPress={() => download(refusedFile)}>
							Download refused rows
						</Button>
					)
				}
			/>
			<EffectTable effects={effects} />
		</>
	);
}
