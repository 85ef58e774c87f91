"use client";
import { Button } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import type { AlertDetail } from "./alert-page";
import { AssignDialog } from "./assign-dialog";
import { SnoozeDialog } from "./snooze-dialog";
import { useAfterAlert } from "./use-alert-action";

/** What can be done about an alert itself; what mends its cause stands beside the sentence. */
export function AlertActions({ alert }: { alert: AlertDetail }) {
	const { account } = useHub();
	const mayWrite = useMay("orders:write");
	const after = useAfterAlert();
	const resolve = useMutation(api.alerts.resolve.mutationOptions(after));
	const wake = useMutation(api.alerts.snooze.mutationOptions(after));
	if (!mayWrite) return null;
	const one = { accountId: account.id, alertId: alert.id };
	const error = resolve.error ?? wake.error;
	return (
		<>
			{error && <ErrorPanel error={error} />}
			<AssignDialog alert={alert} />
			{alert.snoozedUntil ? (
				<Button variant="outline" isPending={wake.isPending} onPress={() => wake.mutate({ ...one, until: null })}>
					Take back now
				</Button>
			) : (
				<SnoozeDialog alertId={alert.id} />
			)}
			<Button variant="outline" isPending={resolve.isPending} onPress={() => resolve.mutate(one)}>
				Mark as dealt with
			</Button>
		</>
	);
}
