"use client";
import { Button, Form, Input, TextField } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { ownFactors } from "@/lib/api/contract/second-factor";
import { ErrorPanel } from "../shell/error-panel";
import { ConfirmButton } from "../ui/confirm-button";
import { Time } from "../ui/time";

type Passkey = z.output<typeof ownFactors>["passkeys"][number];

interface PasskeyRowProps {
	passkey: Passkey;
	onChanged: () => void;
	onRemove: () => void;
	isRemoving: boolean;
}

/** One passkey with its name, which can be changed in place. */
export function PasskeyRow({ passkey, onChanged, onRemove, isRemoving }: PasskeyRowProps) {
	const [name, setName] = useState<string | null>(null);
	const rename = useMutation(
		api.secondFactor.renamePasskey.mutationOptions({
			onSuccess: () => {
				setName(null);
				onChanged();
			},
		}),
	);
	if (name !== null)
		return (
			<li className="flex flex-col gap-2 py-2">
				<Form
					className="flex flex-wrap gap-2"
					onSubmit={(event) => {
						event.preventDefault();
						rename.mutate({ passkeyId: passkey.id, name });
					}}
				>
					<TextField aria-label="Name of the passkey" value={name} onChange={setName} isRequired autoFocus>
						<Input />
					</TextField>
					<Button size="sm" type="submit" isPending={rename.isPending}>
						Save
					</Button>
					<Button size="sm" variant="outline" onPress={() => setName(null)}>
						Keep the old name
					</Button>
				</Form>
				{rename.error && <ErrorPanel error={rename.error} />}
			</li>
		);
	return (
		<li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 py-2">
			<span className="min-w-0">
				<span className="block break-words font-medium">{passkey.name}</span>
				<span className="text-[12px] text-muted">
					Added <Time at={passkey.createdAt} />, last used <Time at={passkey.lastUsedAt} none="never" />
				</span>
			</span>
			<span className="flex gap-1.5">
				<Button size="sm" variant="outline" onPress={() => setName(passkey.name)}>
					Rename
				</Button>
				<ConfirmButton
					size="sm"
					label="Remove"
					heading={`Remove ${passkey.name}?`}
					isPending={isRemoving}
					onConfirm={onRemove}
				>
					It no longer signs you in. Remove it from the device, too, where it is kept.
				</ConfirmButton>
			</span>
		</li>
	);
}
