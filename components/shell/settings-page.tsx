"use client";
import { CredentialList } from "../connection/credential-list";
import { DemandSwitch } from "../factor/demand-switch";
import { roleWords } from "../sign-in/role-words";
import { LinkButton } from "../ui/link-button";
import { Facts, Section } from "../ui/section";
import { useHref, useHub, useMay } from "./hub-context";
import { PageHeader } from "./page-header";

export function SettingsPage() {
	const { account, person, role } = useHub();
	const mayShare = useMay("account:write");
	const href = useHref();
	return (
		<>
			<PageHeader title="Settings" />
			<Section title="Account">
				<Facts
					facts={[
						{ label: "Name", value: account.name },
						{
							label: "Kind",
							value: account.kind === "fulfillment" ? "Fulfillment: many merchants" : "Merchant: one brand",
						},
						{ label: "Time zone", value: account.timeZone },
						{ label: "You", value: person.email },
						{ label: "Your role", value: roleWords[role] },
					]}
				/>
			</Section>
			{mayShare && (
				<Section title="Signing in">
					<DemandSwitch />
				</Section>
			)}
			{mayShare && account.kind === "fulfillment" && (
				<Section title="Shared settings" about="Access to a warehouse that serves every merchant of the account.">
					<CredentialList />
				</Section>
			)}
			<Section
				title="API"
				actions={
					mayShare && (
						<LinkButton variant="outline" href={href("settings/api-keys")}>
							API keys
						</LinkButton>
					)
				}
			>
				<p className="text-[13px]">
					Everything on these screens goes through the public API. Its description:{" "}
					<a href="/api/v1/openapi.json" className="text-accent underline">
						/api/v1/openapi.json
					</a>
				</p>
			</Section>
		</>
	);
}
