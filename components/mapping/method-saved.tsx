"use client";
import { Button } from "@heroui/react";
import { ErrorPanel } from "../shell/error-panel";
import { Notice } from "../ui/notice";

interface MethodSavedProps<Undo> {
	done: { sentence: string; undo: Undo | null } | null;
	error: Error | null;
	isPending: boolean;
	onUndo: (undo: Undo) => void;
}

/** What was saved, and the way back. */
export function MethodSaved<Undo>({ done, error, isPending, onUndo }: MethodSavedProps<Undo>) {
	if (!done && !error) return null;
	const undo = done?.undo ?? null;
	return (
		<div className="mb-3 flex flex-col gap-2">
			{error && <ErrorPanel error={error} />}
			{done && (
				<Notice
					tone="done"
					title={done.sentence}
					live
					action={
						undo !== null && (
							<Button size="sm" variant="outline" isPending={isPending} onPress={() => onUndo(undo)}>
								Undo
							</Button>
						)
					}
				/>
			)}
		</div>
	);
}
