"use client";
import { Button } from "@heroui/react";
import { ErrorPanel } from "../shell/error-panel";
import { Notice } from "../ui/notice";
import type { useSaveItems } from "./use-items";

/** What was saved, and the way back. */
export function SavedNotice({ saving }: { saving: ReturnType<typeof useSaveItems> }) {
	const { done, undo, remove } = saving;
	const error = undo.error ?? remove.error;
	if (!done && !error) return null;
	const changeId = done?.changeId ?? null;
	return (
		<div className="mb-3 flex flex-col gap-2">
			{error && <ErrorPanel error={error} />}
			{done && (
				<Notice
					tone="done"
					title={done.sentence}
					live
					action={
						changeId !== null && (
							<Button size="sm" variant="outline" isPending={undo.isPending} onPress={() => undo.mutate(changeId)}>
								Undo
							</Button>
						)
					}
				/>
			)}
		</div>
	);
}
