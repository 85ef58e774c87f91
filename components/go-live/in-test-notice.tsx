"use client";
import { useHref, useMaySetUp } from "../shell/hub-context";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";

/** On the overview: carts that wait to go live. */
export function InTest({ carts }: { carts: { id: string; name: string }[] }) {
	const href = useHref();
	const [only] = carts;
	if (!only) return null;
	if (carts.length === 1) return <InTestNotice connection={only} />;
	return (
		<div className="mb-5">
			<Notice
				title={`${carts.length} carts are in test`}
				action={<LinkButton href={href("connections")}>See them in the list</LinkButton>}
			>
				Their orders load and wait here until you let the carts go live.
			</Notice>
		</div>
	);
}

/** On the page of a cart that has not gone live: what that means, and the way on. */
export function InTestNotice({ connection }: { connection: { id: string; name: string } }) {
	const href = useHref();
	const maySetUp = useMaySetUp("source");
	return (
		<div className="mb-5">
			<Notice
				title={`${connection.name} is in test`}
				action={
					maySetUp && <LinkButton href={href(`connections/${connection.id}/go-live`)}>Check and go live</LinkButton>
				}
			>
				Its orders load and wait here. None goes to the warehouse, and the cart is told no stock, until you let it go
				live.
			</Notice>
		</div>
	);
}
