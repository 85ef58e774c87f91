"use client";
import { Button, Modal } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { PlainField } from "../form/plain-field";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";

interface PublishProps {
	merchantId: string;
	revision: number;
}

/** Publishing says first how many orders that wait it would do something to. */
export function PublishDialog(props: PublishProps) {
	return (
		<Modal>
			<Button>Publish</Button>
			<Modal.Backdrop>
				<Modal.Container size="sm">
					<Modal.Dialog>{({ close }) => <PublishForm {...props} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function PublishForm({ merchantId, revision, close }: PublishProps & { close: () => void }) {
	const { account } = useHub();
	const one = { accountId: account.id, merchantId };
	const queries = useQueryClient();
	const [note, setNote] = useState("");
	const waiting = useQuery(api.rules.waiting.queryOptions({ input: one, staleTime: 0 }));
	const publish = useMutation({
		mutationFn: () => apiClient.rules.publish({ ...one, revision, note }),
		onSuccess: async () => {
			await queries.invalidateQueries({ queryKey: api.rules.key() });
			close();
		},
	});
	return (
		<>
			<Modal.Header>
				<Modal.Heading>Publish the rules</Modal.Heading>
			</Modal.Header>
			<Modal.Body>
				<div className="flex flex-col gap-3">
					{waiting.data ? (
						<Notice tone={waiting.data.affected > 0 ? "look" : "info"} title={waitingWords(waiting.data)}>
							{waiting.data.decided > 0 &&
								`${plural(waiting.data.decided, "waiting order was", "waiting orders were")} decided already and stay as they are. Choose them in the list of orders and apply the rules to decide them anew.`}
						</Notice>
					) : (
						!waiting.error && <p className="text-[13px] text-muted">Looking at the orders that wait …</p>
					)}
					{waiting.error && <ErrorPanel error={waiting.error} retry={() => void waiting.refetch()} />}
					<PlainField
						label="What is new"
						help="For those who look at the versions later."
						value={note}
						onChange={setNote}
					/>
					{publish.error && <ErrorPanel error={publish.error} />}
				</div>
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Cancel
				</Button>
				<Button isPending={publish.isPending} onPress={() => publish.mutate()}>
					Publish the rules
				</Button>
			</Modal.Footer>
		</>
	);
}

function waitingWords({ waiting, affected }: { waiting: number; affected: number }): string {
	if (waiting === 0) return "No order waits to be decided.";
	if (affected === 0) return `None of the ${plural(waiting, "waiting order")} is affected.`;
	return `${affected.toLocaleString("en")} of the ${plural(waiting, "waiting order")} ${affected === 1 ? "is" : "are"} affected.`;
}
