"use client";
import { Button, Modal } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { apiClient } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";
import { download, EffectTable } from "./import-effects";
import { effectWords, releasedWords } from "./ship-method-words";
import type { SavedMethods } from "./use-ship-methods";

interface MethodImportProps {
	connectionId: string;
	settled: (words: SavedMethods) => Promise<void>;
}

/** A file first shows what each row would do; nothing is saved before that. */
export function MethodImport(props: MethodImportProps) {
	return (
		<Modal>
			<Button variant="outline">Import</Button>
			<Modal.Backdrop>
				<Modal.Container size="lg">
					<Modal.Dialog>{({ close }) => <ImportForm {...props} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function ImportForm({ connectionId, settled, close }: MethodImportProps & { close: () => void }) {
	const { account } = useHub();
	const [text, setText] = useState<string | null>(null);
	const send = (file: string, apply: boolean) =>
		apiClient.shipMethods.importFile({ accountId: account.id, connectionId, text: file, apply });
	const dry = useMutation({ mutationFn: (file: string) => send(file, false) });
	const save = useMutation({
		mutationFn: (file: string) => send(file, true),
		onSuccess: async ({ saved, released, undo }) => {
			await settled({ sentence: `${plural(saved, "mapping")} saved. ${releasedWords(released)}`, undo });
			close();
		},
	});
	const counts = dry.data?.counts;
	const good = (counts?.new ?? 0) + (counts?.change ?? 0);
	const refused = dry.data?.refusedFile ?? null;
	const error = dry.error ?? save.error;
	return (
		<>
			<Modal.Header>
				<Modal.Heading>Import ship methods</Modal.Heading>
			</Modal.Header>
			<Modal.Body>
				<div className="flex flex-col gap-3">
					<p className="text-[13px] text-muted">
						A CSV file as the export writes it: Code, Becomes ("mapped", "passed through" or "not mapped"), Carrier,
						Service, and conditions if you like. Nothing is saved before you have seen what each row does.
					</p>
					<label className="flex flex-col gap-1 text-[13px]">
						<span className="font-medium">CSV file</span>
						<input
							type="file"
							accept=".csv,text/csv,text/plain"
							className="text-[13px] file:mr-3 file:rounded-md file:border file:border-border file:bg-surface file:px-3 file:py-1.5"
							onChange={async (event) => {
								const file = await event.target.files?.[0]?.text();
								if (file === undefined) return;
								setText(file);
								dry.mutate(file);
							}}
						/>
					</label>
					{error && <ErrorPanel error={error} />}
					{dry.data && (
						<>
							<Notice
								tone={refused ? "look" : "done"}
								live
								title={`${plural(counts?.new ?? 0, "row is", "rows are")} new, ${counts?.change ?? 0} changed, ${counts?.same ?? 0} as now, ${counts?.refused ?? 0} refused.`}
								action={
									refused !== null && (
										<Button size="sm" variant="outline" onPress={() => download(refused)}>
											Download refused rows
										</Button>
									)
								}
							>
								{good > 0 && effectWords(dry.data.effect)}
							</Notice>
							<EffectTable effects={dry.data.rows} />
						</>
					)}
				</div>
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Cancel
				</Button>
				<Button
					isDisabled={good === 0 || text === null}
					isPending={save.isPending}
					onPress={() => text !== null && save.mutate(text)}
				>
					{good === 0 ? "Nothing to save" : `Save ${plural(good, "row")}`}
				</Button>
			</Modal.Footer>
		</>
	);
}
