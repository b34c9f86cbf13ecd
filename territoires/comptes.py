"""How accounts behave: django-allauth, closed to whoever was not invited."""

from allauth.account.adapter import DefaultAccountAdapter


class AdaptateurComptes(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False
