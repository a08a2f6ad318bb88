"""An agent on Microsoft's agents hosting package, without sign-in: `bot_framework_agent.py PORT`."""

import sys

from aiohttp import web
from clerk import clerk
from microsoft_agents.activity import Activity
from microsoft_agents.hosting.aiohttp import CloudAdapter
from microsoft_agents.hosting.core import ActivityHandler, RestChannelServiceClientFactory, TurnContext


class NoConnections:
    """Nobody signs in: the replies go back in the answer."""

    def get_default_connection(self) -> None:
        """There is none."""

    def get_default_connection_configuration(self) -> None:
        """Nor how to make one."""

    def get_token_provider(self, *_: object) -> None:
        """Nor a token."""

    def get_connection(self, *_: object) -> None:
        """Nor one of another name."""


class Desk(ActivityHandler):
    """Answers messages, and hands over by the event that the platform has for it."""

    def __init__(self) -> None:
        self._desk = clerk()

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """A customer wrote."""
        activity = turn_context.activity
        words, human = self._desk.answer(activity.conversation.id, activity.text)
        await turn_context.send_activity(words)
        if human:
            value = {"Skill": "care", "reason": "asked for a person"}
            await turn_context.send_activity(Activity(type="event", name="handoff.initiate", value=value))


adapter = CloudAdapter(channel_service_client_factory=RestChannelServiceClientFactory(NoConnections()))
desk = Desk()


async def messages(request: web.Request) -> web.Response:
    """The bot's own address."""
    return await adapter.process(request, desk)


app = web.Application()
app.router.add_post("/api/messages", messages)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
