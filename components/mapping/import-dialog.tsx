"use client";
import { Button, Modal } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { apiClient } from "@/lib/api/client";
import type { ItemKind } from "@/lib/canonical/item-codes";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Pick } from "../ui/pick";
import { plural } from "../ui/plural";
import { ImportEffects } from "./import-effects";
import { kindWords } from "./item-words";
import { releasedWords, type useSaveItems } from "./use-items";

interface DialogProps {
	kind: ItemKind;
	merchantId: string;
	carts: { id: string; name: string }[];
	saving: ReturnType<typeof useSaveItems>;
}

const columns: Record<ItemKind, string> = {
	mapping: "Cart code, Warehouse SKU",
	alias: "Type, Code, Warehouse SKU",
	kit: "Kit, Parts, and if you like: Sent as, Cart is told",
};

/** A file first shows what each row would do; nothing is saved before that. */
export function ImportDialog(props: DialogProps) {
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

function ImportForm({ kind, merchantId, carts, saving, close }: DialogProps & { close: () => void }) {
	const { account } = useHub();
	const words = kindWords[kind];
	const [cart, setCart] = useState(carts[0]?.id ?? "");
	const [text, setText] = useState<string | null>(null);
	const send = (file: string, apply: boolean, connectionId: string) =>
		apiClient.items.importFile({
			...{ accountId: account.id, merchantId, kind, text: file, apply },
			...(kind === "mapping" && { connectionId }),
		});
	const dry = useMutation({
		mutationFn: (given: { file: string; cart: string }) => send(given.file, false, given.cart),
	});
	const save = useMutation({
		mutationFn: (file: string) => send(file, true, cart),
		onSuccess: async ({ changeId, saved, released }) => {
			await saving.settled({
				changeId,
				sentence: `${plural(saved, words.one, words.many)} saved. ${releasedWords(released)}`,
			});
			close();
		},
	});
	const look = (file: string, at: string) => {
		setText(file);
		dry.mutate({ file, cart: at });
	};
	const counts = dry.data?.counts;
	const good = counts ? counts.new + counts.change : 0;
	const error = dry.error ?? save.error;
	return (
		<>
			<Modal.Header>
				<Modal.Heading>Import {words.many}</Modal.Heading>
			</Modal.Header>
			<Modal.Body>
				<div className="flex flex-col gap-3">
					<p className="text-[13px] text-muted">
						A CSV file with the columns {columns[kind]}, as the export writes it. Nothing is saved before you have seen
						what each row does.
					</p>
					{kind === "mapping" && (
						<Pick
							label="Cart"
							value={cart}
							options={carts.map(({ id, name }) => ({ value: id, label: name }))}
							onChange={(id) => {
								setCart(id);
								if (text !== null) look(text, id);
							}}
						/>
					)}
					<label className="flex flex-col gap-1 text-[13px]">
						<span className="font-medium">CSV file</span>
						<input
							type="file"
							accept=".csv,text/csv,text/plain"
							className="text-[13px] file:mr-3 file:rounded-md file:border file:border-border file:bg-surface file:px-3 file:py-1.5"
							onChange={async (event) => {
								const file = event.target.files?.[0];
								if (file) look(await file.text(), cart);
							}}
						/>
					</label>
					{error && <ErrorPanel error={error} />}
					{dry.data && <ImportEffects result={dry.data} />}
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
					{good === 0 ? "Nothing to save" : `Save ${plural(good, words.one, words.many)}`}
				</Button>
			</Modal.Footer>
		</>
	);
}
