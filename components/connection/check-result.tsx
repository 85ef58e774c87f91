import { Notice } from "../ui/notice";

type Answer = { ok: true; as: string } | { ok: false; fix: string; field: string | null };

/** What the other system said about the settings. */
export function CheckResult({ answer }: { answer: Answer | undefined }) {
	if (!answer) return null;
	if (answer.ok)
		return (
			<Notice tone="done" title="It works" live>
				Connected as {answer.as}.
			</Notice>
		);
	return (
		<Notice tone="person" title="It does not work yet" live>
			{answer.fix}
		</Notice>
	);
}
