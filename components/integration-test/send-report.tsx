"use client";
import { Button, Form, Modal } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { apiClient } from "@/lib/api/client";
import { PlainField } from "../form/plain-field";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";

/** Mails the report: to the cart's side, to the warehouse's, or to whoever else is concerned. */
export function SendReport({ testId }: { testId: string }) {
	return (
		<Modal>
			<Button size="sm" variant="outline">
				Mail the report
			</Button>
			<Modal.Backdrop>
				<Modal.Container size="sm">
					<Modal.Dialog>{({ close }) => <ReportForm testId={testId} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function ReportForm({ testId, close }: { testId: string; close: () => void }) {
	const { account } = useHub();
	const [cart, setCart] = useState("");
	const [warehouse, setWarehouse] = useState("");
	const emails = [cart, warehouse].map((one) => one.trim()).filter(Boolean);
	const send = useMutation({
		mutationFn: () => apiClient.integrationTests.sendReport({ accountId: account.id, testId, emails }),
	});
	return (
		<Form
			onSubmit={(event) => {
				event.preventDefault();
				send.mutate();
			}}
		>
			<Modal.Header>
				<Modal.Heading>Mail the report</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-4">
				<p>It says which flows were seen, when, and with which numbers. It holds no access details and no addresses.</p>
				<PlainField label="Mail address at the cart's side" value={cart} onChange={setCart} />
				<PlainField label="Mail address at the warehouse's side" value={warehouse} onChange={setWarehouse} />
				{send.error && <ErrorPanel error={send.error} />}
				{send.data && (
					<Notice tone={send.data.failed > 0 ? "look" : "done"} title={`${plural(send.data.mailed, "mail")} sent`} live>
						{send.data.failed > 0 && `${plural(send.data.failed, "mail")} could not be sent. Check the addresses.`}
					</Notice>
				)}
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Close
				</Button>
				<Button type="submit" isDisabled={emails.length === 0} isPending={send.isPending}>
					Send
				</Button>
			</Modal.Footer>
		</Form>
	);
}
