"use client";
import { Button, Modal } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ErrorPanel } from "../shell/error-panel";
import type { ImportResult } from "./import-effects";

export interface CsvImportProps<Result extends ImportResult, Choices> {
	/** "Import item codes". */
	heading: string;
	/** Which columns the file has. */
	about: string;
	button?: string;
	/** What a person chooses beside the file, as it begins; each change looks at the file anew. */
	choices: Choices;
	fields?: (choices: Choices, choose: (choices: Choices) => void) => ReactNode;
	/** Without `apply` it only says what the file would do. */
	send: (given: { text: string; choices: Choices; apply: boolean }) => Promise<Result>;
	/** "Save 5 rules"; null where the file would change nothing. */
	saveWords: (result: Result) => string | null;
	show: (result: Result) => ReactNode;
	onSaved: (result: Result) => Promise<void>;
}

/** A file first shows what each row would do; nothing is saved before that. */
export function CsvImport<Result extends ImportResult, Choices>(props: CsvImportProps<Result, Choices>) {
	return (
		<Modal>
			<Button variant="outline">{props.button ?? "Import"}</Button>
			<Modal.Backdrop>
				<Modal.Container size="lg">
					<Modal.Dialog>{({ close }) => <ImportForm {...props} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function ImportForm<Result extends ImportResult, Choices>(
	props: CsvImportProps<Result, Choices> & { close: () => void },
) {
	const { heading, about, fields, send, saveWords, show, onSaved, close } = props;
	const [choices, setChoices] = useState(props.choices);
	const [text, setText] = useState<string | null>(null);
	const look = useMutation({
		mutationFn: (given: { text: string; choices: Choices }) => send({ ...given, apply: false }),
	});
	const save = useMutation({
		mutationFn: (file: string) => send({ text: file, choices, apply: true }),
		onSuccess: async (result) => {
			await onSaved(result);
			close();
		},
	});
	const choose = (next: Choices) => {
		setChoices(next);
		if (text !== null) look.mutate({ text, choices: next });
	};
	const words = look.data ? saveWords(look.data) : null;
	const error = look.error ?? save.error;
	return (
		<>
			<Modal.Header>
				<Modal.Heading>{heading}</Modal.Heading>
			</Modal.Header>
			<Modal.Body>
				<div className="flex flex-col gap-3">
					<p className="text-[13px] text-muted">{about} Nothing is saved before you have seen what each row does.</p>
					{fields?.(choices, choose)}
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
								look.mutate({ text: file, choices });
							}}
						/>
					</label>
					{error && <ErrorPanel error={error} />}
					{look.data && show(look.data)}
				</div>
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Cancel
				</Button>
				<Button
					isDisabled={words === null || text === null}
					isPending={save.isPending}
					onPress={() => text !== null && save.mutate(text)}
				>
					{words ?? "Nothing to save"}
				</Button>
			</Modal.Footer>
		</>
	);
}
