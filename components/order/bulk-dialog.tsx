"use client";
import { Button, Modal } from "@heroui/react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { api, apiClient } from "@/lib/api/client";
import type { BulkChoice, BulkVerb, bulkPreview } from "@/lib/api/contract/bulk";
import { PlainField } from "../form/plain-field";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { plural } from "../ui/plural";
import { readProblem } from "../ui/problem";
import { bulkLabels } from "./bulk-words";

interface BulkDialogProps {
	choice: BulkChoice;
	onClose: () => void;
	onStarted: (bulkId: string) => void;
}

/** Says what would happen to how many orders before anything does. */
export function BulkDialog({ choice, onClose, onStarted }: BulkDialogProps) {
	const { account } = useHub();
	const [reason, setReason] = useState("");
	const [shipping, setShipping] = useState("");
	const preview = useQuery(
		api.bulk.preview.queryOptions({ input: { accountId: account.id, ...choice }, staleTime: 0, gcTime: 0 }),
	);
	const start = useMutation({
		mutationFn: () => apiClient.bulk.start({ accountId: account.id, ...choice, reason, shipping }),
		onSuccess: ({ id }) => onStarted(id),
	});
	const changing = preview.data?.groups.find(({ changes }) => changes)?.count ?? 0;
	const label = bulkLabels[choice.verb];
	const problems = start.error ? readProblem(start.error).fields : {};
	return (
		<Modal isOpen onOpenChange={(open) => !open && onClose()}>
			<Modal.Backdrop>
				<Modal.Container size="md" scroll="inside">
					<Modal.Dialog>
						<Modal.Header>
							<Modal.Heading>
								{label}: {preview.data ? plural(preview.data.total, "order") : "looking at the orders"}
							</Modal.Heading>
						</Modal.Header>
						<Modal.Body className="flex flex-col gap-4">
							{preview.error && <ErrorPanel error={preview.error} retry={() => void preview.refetch()} />}
							{preview.data && <Groups preview={preview.data} />}
							{choice.verb === "set-shipping" && changing > 0 && (
								<PlainField
									label="Shipping"
									value={shipping}
									onChange={setShipping}
									isRequired
									help="As a cart would say it, such as UPS Ground. It is mapped as always."
									problem={problems.shipping}
								/>
							)}
							{reasonLabels[choice.verb] && changing > 0 && (
								<PlainField
									label={reasonLabels[choice.verb] ?? ""}
									value={reason}
									onChange={setReason}
									isRequired={choice.verb === "mark-delivered"}
									problem={problems.reason}
								/>
							)}
							{preview.data && changing > 0 && (
								<p className="text-[13px] text-muted">
									{preview.data.undoable
										? "You can undo it afterwards."
										: "It cannot be undone, and harms nothing when repeated."}
								</p>
							)}
							{start.error && Object.keys(problems).length === 0 && <ErrorPanel error={start.error} />}
						</Modal.Body>
						<Modal.Footer>
							<Button variant="outline" onPress={onClose}>
								Keep as they are
							</Button>
							{changing > 0 && (
								<Button isPending={start.isPending} onPress={() => start.mutate()}>
									{label}: {plural(changing, "order")}
								</Button>
							)}
						</Modal.Footer>
					</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

const reasonLabels: Partial<Record<BulkVerb, string>> = {
	hold: "Why they are held",
	"mark-delivered": "How the warehouse got them",
	"set-shipping": "Why",
};

function Groups({ preview }: { preview: z.output<typeof bulkPreview> }) {
	return (
		<ul className="flex flex-col gap-3">
			{preview.groups.map(({ words, changes, count, sample }) => (
				<li key={words}>
					<p className={changes ? "font-medium" : ""}>
						{plural(count, "order")}{" "}
						{changes ? words : `${count === 1 ? "stays" : "stay"} as ${count === 1 ? "it is" : "they are"}: ${words}`}
					</p>
					<p className="break-words text-[13px] text-muted">
						{sample.map(({ number }) => number).join(", ")}
						{count > sample.length && ` and ${count - sample.length} more`}
					</p>
				</li>
			))}
		</ul>
	);
}
