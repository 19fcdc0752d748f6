"""The table of scenario.json: which object plays which role, and what a correct tool says of it."""


class Roles(dict):
    def put(self, role, thing, trouble, says, **facts):
        """thing: an object or (apiVersion, kind, namespace, name)."""
        if isinstance(thing, dict):
            meta = thing["metadata"]
            thing = (thing["apiVersion"], thing["kind"], meta.get("namespace"), meta["name"])
        if role in self:
            raise ValueError(f"two objects for the role {role}")
        self[role] = {"apiVersion": thing[0], "kind": thing[1], "namespace": thing[2], "name": thing[3],
                      "trouble": trouble, "says": says, "facts": facts}
