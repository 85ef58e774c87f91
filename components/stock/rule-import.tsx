"use client";
import { Button, Modal } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { apiClient } from "@/lib/api/client";
import { download, EffectTable } from "../mapping/import-effects";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";
import { changeWords, type useStockRules } from "./use-stock-rules";

interface ImportProps {
	merchantId: string;
	state: ReturnType<typeof useStockRules>;
}

/** A file first shows what each row would do; nothing is saved before that. */
export function RuleImport(props: ImportProps) {
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

function ImportForm({ merchantId, state, close }: ImportProps & { close: () => void }) {
	const { account } = useHub();
	const [text, setText] = useState<string | null>(null);
	const send = (file: string, apply: boolean) =>
		apiClient.stockRules.importFile({ accountId: account.id, merchantId, text: file, apply });
	const dry = useMutation({ mutationFn: (file: string) => send(file, false) });
	const save = useMutation({
		mutationFn: (file: string) => send(file, true),
		onSuccess: async ({ changeId, saved }) => {
			await state.settled({ changeId, sentence: `${plural(saved, "rule")} saved. The carts are told what changes.` });
			close();
		},
	});
	const counts = dry.data?.counts;
	const good = counts ? counts.new + counts.change : 0;
	const error = dry.error ?? save.error;
	return (
		<>
			<Modal.Header>
				<Modal.Heading>Import rules of single SKUs</Modal.Heading>
			</Modal.Header>
			<Modal.Body>
				<div className="flex flex-col gap-3">
					<p className="text-[13px] text-muted">
						A CSV file with the columns SKU, Cart, Safety stock and Cap, as the export writes it. Nothing is saved
						before you have seen what each row does.
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
					{dry.data && <Found result={dry.data} />}
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
					{good === 0 ? "Nothing to save" : `Save ${plural(good, "rule")}`}
				</Button>
			</Modal.Footer>
		</>
	);
}

function Found({ result }: { result: Awaited<ReturnType<typeof apiClient.stockRules.importFile>> }) {
	const { counts, refusedFile, effects, changes } = result;
	return (
		<>
			<Notice
				tone={counts.refused > 0 ? "look" : "done"}
				live
				title={`${plural(counts.new, "row is", "rows are")} new, ${counts.change} changed, ${counts.same} as now, ${counts.refused} refused.`}
				action={
					refusedFile !== null && (
						<Button size="sm" variant="outline" onPress={() => download(refusedFile)}>
							Download refused rows
						</Button>
					)
				}
			>
				{changeWords(changes)}
			</Notice>
			<EffectTable effects={effects} />
		</>
	);
}
