"use client";
import { useMay } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { Section } from "../ui/section";
import { MailSettings } from "./mail-settings";
import { WatchSettings } from "./watch-settings";
import { WebhookList } from "./webhook-list";

/** How people and programs hear of alerts, and how patient the watchdog is. */
export function NotificationsPage() {
	const mayManage = useMay("account:write");
	return (
		<>
			<PageHeader title="Notifications">Who hears of alerts, when and how.</PageHeader>
			<Section title="Mails to you" about="Of this account. One mail per alert, never one per order.">
				<MailSettings />
			</Section>
			{mayManage && (
				<>
					<Section
						title="Webhooks"
						about="Programs of yours that are told when an alert opens or is resolved. Signed as Standard Webhooks says."
						bare
					>
						<WebhookList />
					</Section>
					<Section
						title="When an order counts as late"
						about="An order that rests longer in a state raises an alert, although nothing failed. For everybody in the account."
					>
						<WatchSettings />
					</Section>
				</>
			)}
		</>
	);
}
