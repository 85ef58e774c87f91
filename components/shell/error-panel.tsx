"use client";
import { Button } from "@heroui/react";
import { Notice } from "../ui/notice";
import { readProblem } from "../ui/problem";

/** A part of a page that could not be shown: the sentence, what to do, and what to tell support. */
export function ErrorPanel({ error, retry }: { error: unknown; retry?: () => void }) {
	const { sentence, fix, requestId } = readProblem(error);
	return (
		<Notice
			tone="person"
			title={sentence}
			live
			action={
				retry && (
					<Button size="sm" variant="outline" onPress={retry}>
						Try again
					</Button>
				)
			}
		>
			{fix}
			{requestId && (
				<span className="mt-1 block text-muted">
					Request <code>{requestId}</code>
				</span>
			)}
		</Notice>
	);
}
