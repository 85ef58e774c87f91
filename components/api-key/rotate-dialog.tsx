"use client";
import { Button, Modal } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Pick } from "../ui/pick";

interface RotateDialogProps {
	apiKey: { id: string; name: string; previous: object | null };
	onRotated: (told: { name: string; key: string }) => void;
}

const overlaps = [
	{ value: "0", label: "Not at all: it ends at once" },
	{ value: "1", label: "One hour" },
	{ value: "24", label: "One day" },
	{ value: "168", label: "One week" },
	{ value: "720", label: "30 days" },
];

/** Replaces a key by a new one; for a while both work, so that programs can be changed one by one. */
export function RotateDialog({ apiKey, onRotated }: RotateDialogProps) {
	return (
		<Modal>
			<Button variant="outline">Rotate</Button>
			<Modal.Backdrop>
				<Modal.Container size="sm">
					<Modal.Dialog>
						{({ close }) => <RotateForm apiKey={apiKey} onRotated={onRotated} close={close} />}
					</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function RotateForm({ apiKey, onRotated, close }: RotateDialogProps & { close: () => void }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const [hours, setHours] = useState("24");
	const rotate = useMutation({
		mutationFn: () =>
			apiClient.apiKeys.rotate({ accountId: account.id, apiKeyId: apiKey.id, overlapHours: Number(hours) }),
		onSuccess: async ({ key }) => {
			onRotated({ name: apiKey.name, key });
			close();
			await queries.invalidateQueries({ queryKey: api.apiKeys.key() });
		},
	});
	return (
		<>
			<Modal.Header>
				<Modal.Heading>Rotate {apiKey.name}</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-3">
				<p>You get a new key, with the same rights. Give it to your programs while the present one still works.</p>
				<Pick label="How long the present key still works" value={hours} options={overlaps} onChange={setHours} />
				{apiKey.previous && <p className="text-[13px] text-warning">The key before the present one ends at once.</p>}
				{rotate.error && <ErrorPanel error={rotate.error} />}
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Keep as it is
				</Button>
				<Button isPending={rotate.isPending} onPress={() => rotate.mutate()}>
					Rotate
				</Button>
			</Modal.Footer>
		</>
	);
}
