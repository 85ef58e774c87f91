"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { connectionDetail } from "@/lib/api/contract/connections";
import type { shareLink } from "@/lib/api/contract/share-links";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMaySetUp } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";
import { Section } from "../ui/section";
import { Time } from "../ui/time";
import { AskDialog } from "./ask-dialog";

/** Who was asked to set a cart up, as long as it waits for them or was ever asked for. */
export function ShareLinks({ connection }: { connection: z.output<typeof connectionDetail> }) {
	const { account } = useHub();
	const mayWrite = useMaySetUp("source");
	const input = { accountId: account.id, connectionId: connection.id };
	const isCart = connection.side === "source";
	const links = useQuery(api.shareLinks.list.queryOptions({ input, enabled: isCart, refetchInterval: 10_000 }));
	const waits = connection.state === "not_set_up" || connection.state === "needs_reconnect";
	if (!isCart || (links.data?.items.length === 0 && !waits)) return null;
	if (links.isError) return <ErrorPanel error={links.error} />;
	return (
		<Section
			title="Asked for access details"
			about="Somebody without a login enters them with a link that works once."
			actions={mayWrite && waits && <AskDialog about={{ connectionId: connection.id }} label="Ask by mail" />}
		>
			{links.data?.items.length ? (
				<ul className="divide-y divide-separator text-[13px]">
					{links.data.items.map((link) => (
						<Link key={link.id} link={link} mayWrite={mayWrite} />
					))}
				</ul>
			) : (
				<p className="text-[13px] text-muted">Nobody was asked yet.</p>
			)}
		</Section>
	);
}

type ShareLink = z.output<typeof shareLink>;

const words: Record<ShareLink["state"], string> = {
	pending: "Pending",
	used: "Used",
	withdrawn: "Withdrawn",
	expired: "Expired",
};

function Link({ link, mayWrite }: { link: ShareLink; mayWrite: boolean }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const revoke = useMutation(
		api.shareLinks.revoke.mutationOptions({
			onSuccess: () => queries.invalidateQueries({ queryKey: api.shareLinks.key() }),
		}),
	);
	return (
		<li className="flex flex-wrap items-center gap-x-6 gap-y-1 py-2">
			<span className="min-w-0 flex-1 basis-60">
				<span className="block break-words font-medium">{link.email}</span>
				<span className="text-muted">
					<span className={link.state === "pending" ? "text-warning" : ""}>{words[link.state]}</span>, sent{" "}
					<Time at={link.createdAt} />
					{link.createdBy && ` by ${link.createdBy}`}
				</span>
			</span>
			<span className="text-muted">
				{link.state === "used" ? (
					<>
						Used <Time at={link.usedAt} />
					</>
				) : (
					<>
						{link.openedAt ? "Opened " : "Not opened yet"}
						{link.openedAt && <Time at={link.openedAt} />}
						{link.state === "pending" && (
							<>
								, expires <Time at={link.expiresAt} />
							</>
						)}
					</>
				)}
			</span>
			{mayWrite && link.state === "pending" && (
				<ConfirmButton
					label="Withdraw"
					heading={`Withdraw the link for ${link.email}?`}
					isPending={revoke.isPending}
					onConfirm={() => revoke.mutate({ accountId: account.id, shareLinkId: link.id })}
				>
					The link opens nothing from this moment. You can send a new one.
				</ConfirmButton>
			)}
			{revoke.error && <ErrorPanel error={revoke.error} />}
		</li>
	);
}
